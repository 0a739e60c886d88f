package io.weir.jobs.connectors;

import io.weir.operators.row.Schema;
import java.io.Serializable;
import java.util.List;

/**
 * What a sink is told about the rows that it gets.
 *
 * @param name the table's, folder's or record's name where the settings give none
 * @param schema the columns
 * @param key the columns that tell rows apart: what an upsert goes by; a row whose key was stored
 *     before replaces it
 */
public record Table(String name, Schema schema, List<String> key) implements Serializable {

  public Table {
    key = List.copyOf(key);
    key.forEach(schema::requireIndexOf);
  }
}
