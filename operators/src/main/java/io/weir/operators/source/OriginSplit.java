package io.weir.operators.source;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * An origin and where to go on in it.
 *
 * @param origin what to read
 * @param position where to start
 */
public record OriginSplit(Origin origin, Position position) implements SourceSplit {

  @Override
  public String splitId() {
    return origin.name();
  }
}
