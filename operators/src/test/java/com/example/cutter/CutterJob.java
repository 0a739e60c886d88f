package com.example.cutter;

import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.HttpStoreSettings;
import io.weir.consensus.http.PemTls;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.StoreProvider;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.Epochs;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Lets small events pass; how small, is said by somebody while the job runs. */
public final class CutterJob {

  public record Event(long number, long bytes) {}

  record Limits(long maxBytes) {}

  enum LimitsType implements ConfigurationType<Limits> {
    INSTANCE;

    private static final Pattern DOCUMENT = Pattern.compile("maxBytes: (\\d{1,18})\\s*");

    @Override
    public String schema() {
      return """
          {"type": "object", "required": ["maxBytes"], "additionalProperties": false,
           "properties": {"maxBytes": {"type": "integer", "minimum": 0}}}
          """;
    }

    @Override
    public Limits decode(String document) throws InvalidConfigurationException {
      Matcher matcher = DOCUMENT.matcher(document);
      if (!matcher.matches()) {
        throw new InvalidConfigurationException("must be 'maxBytes: N', but is: " + document);
      }
      return new Limits(Long.parseLong(matcher.group(1)));
    }
  }

  @SuppressWarnings("NullAway.Init") // configure comes before the first record
  static final class Cut extends ProcessFunction<Event, Event> implements Configured<Limits> {
    private transient Limits limits;

    @Override
    public ConfigurationType<Limits> configurationType() {
      return LimitsType.INSTANCE;
    }

    @Override
    public void configure(VersionedConfiguration<Limits> configuration) {
      limits = configuration.value();
    }

    @Override
    public void processElement(Event event, Context context, Collector<Event> out) {
      if (event.bytes() <= limits.maxBytes()) {
        out.collect(event);
      }
    }
  }

  static DataStream<Event> define(DataStream<Event> events, StoreProvider store) {
    EpochSettings settings = EpochSettings.following("cutter", store);
    Epochs epochs = Epochs.of(events.getExecutionEnvironment(), settings);
    return epochs.process(events, "cut", TypeInformation.of(Event.class), new Cut()).uid("cut");
  }

  /** Arguments: a node of the store, such as {@code https://127.0.0.1:7401}, ca.pem, a token. */
  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.enableCheckpointing(10_000);
    StoreProvider store =
        () -> {
          var tls = PemTls.context(Path.of(args[1]), null, null);
          return new HttpStore(HttpStoreSettings.of(List.of(URI.create(args[0])), tls, args[2]));
        };
    DataStream<Event> events =
        env.fromSequence(0, Long.MAX_VALUE).map(n -> new Event(n, n % 100)).returns(Event.class);
    define(events, store).print();
    env.execute("cutter");
  }

  private CutterJob() {}
}
