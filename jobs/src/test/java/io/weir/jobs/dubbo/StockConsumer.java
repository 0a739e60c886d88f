package io.weir.jobs.dubbo;

import java.util.EnumMap;
import java.util.Map;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ModuleModel;

/**
 * The consumer's process: calls both methods with every outcome, and says for each how many calls
 * it has made, {@code reserve TIMEOUT 3}.
 */
final class StockConsumer {

  static final String SERVICE = "shop";

  private static final int PATIENT_MILLIS = 120_000;
  private static final int IMPATIENT_MILLIS = 300;

  private interface Call {
    Object make(Stock stock, Outcome outcome) throws SoldOutException;
  }

  private final Stock patient;
  private final Stock impatient;

  private StockConsumer(ModuleModel model, String port) {
    patient = refer(model, port, PATIENT_MILLIS);
    impatient = refer(model, port, IMPATIENT_MILLIS);
  }

  /** Arguments: the provider's port, address of the receiver of spans. */
  public static void main(String[] args) {
    Tracing tracing = Tracing.start(SERVICE, args[1]);
    StockConsumer consumer = new StockConsumer(Dubbo.start(SERVICE), args[0]);
    consumer.call("count", (stock, outcome) -> stock.count("ticket", outcome), 40, 7, 3);
    consumer.call("reserve", (stock, outcome) -> stock.reserve("seat", outcome), 25, 11, 5);
    tracing.end();
    Dubbo.stop();
  }

  private static Stock refer(ModuleModel model, String port, int timeoutMillis) {
    ReferenceConfig<Stock> reference = new ReferenceConfig<>();
    reference.setScopeModel(model);
    reference.setInterface(Stock.class);
    reference.setUrl("dubbo://" + Dubbo.LOOPBACK + ":" + port);
    reference.setTimeout(timeoutMillis);
    reference.setParameters(Map.of("connect.timeout", Integer.toString(PATIENT_MILLIS)));
    // A call that is made again would be another call.
    reference.setRetries(0);
    return reference.get();
  }

  private void call(String method, Call call, int ok, int soldOut, int timeouts) {
    Map<Outcome, Integer> plan =
        new EnumMap<>(Map.of(Outcome.OK, ok, Outcome.SOLD_OUT, soldOut, Outcome.TIMEOUT, timeouts));
    plan.forEach(
        (outcome, calls) -> {
          for (int i = 0; i < calls; i++) {
            check(outcome, make(call, outcome));
          }
          System.out.println(method + " " + outcome + " " + calls);
        });
  }

  private Outcome make(Call call, Outcome outcome) {
    try {
      call.make(outcome == Outcome.TIMEOUT ? impatient : patient, outcome);
      return Outcome.OK;
    } catch (SoldOutException e) {
      return Outcome.SOLD_OUT;
    } catch (RpcException e) {
      if (e.isTimeout()) {
        return Outcome.TIMEOUT;
      }
      throw e;
    }
  }

  private static void check(Outcome wanted, Outcome found) {
    if (wanted != found) {
      throw new IllegalStateException("a call ended as " + found + ", not as " + wanted);
    }
  }
}
