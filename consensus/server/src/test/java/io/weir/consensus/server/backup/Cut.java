package io.weir.consensus.server.backup;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/** Lets so many calls through, and then no more: the process ended there. */
final class Cut {

  private final boolean afterwards;
  private int left;

  /**
   * @param calls that are answered
   * @param afterwards whether the next one is still carried out
   */
  Cut(int calls, boolean afterwards) {
    this.left = calls;
    this.afterwards = afterwards;
  }

  static ConfigurationStore after(ConfigurationStore store, int calls) {
    return new Cut(calls, false).of(store);
  }

  ConfigurationStore of(ConfigurationStore store) {
    return (ConfigurationStore)
        Proxy.newProxyInstance(
            Cut.class.getClassLoader(),
            new Class<?>[] {ConfigurationStore.class},
            (proxy, method, arguments) -> {
              boolean goes = left > 0;
              boolean last = left == 0 && afterwards;
              left--;
              try {
                Object answer = goes || last ? method.invoke(store, arguments) : "";
                return goes ? answer : failed();
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static CompletableFuture<Object> failed() {
    return CompletableFuture.failedFuture(new StoreException.Unavailable("the process has ended"));
  }
}
