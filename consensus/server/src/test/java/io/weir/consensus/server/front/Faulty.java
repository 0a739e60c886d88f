package io.weir.consensus.server.front;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.StoreException;
import io.weir.consensus.Watch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Stores of nodes with a fault, over one that has none. */
final class Faulty {

  private Faulty() {}

  private interface Fault {
    Object in(String method, Call call) throws Throwable;
  }

  private interface Call {
    Object go() throws Throwable;
  }

  private static ConfigurationStore store(ConfigurationStore store, Fault fault) {
    return (ConfigurationStore)
        Proxy.newProxyInstance(
            Faulty.class.getClassLoader(),
            new Class<?>[] {ConfigurationStore.class},
            (proxy, method, arguments) ->
                fault.in(
                    method.getName(),
                    () -> {
                      try {
                        return method.invoke(store, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }));
  }

  /** Does everything, and never says so. */
  static ConfigurationStore mute(ConfigurationStore store) {
    return store(
        store,
        (method, call) -> {
          Object unused = call.go();
          Object never = new CompletableFuture<>();
          return never;
        });
  }

  /** Is cut off from the others: hears of nothing, and has no quorum. */
  static ConfigurationStore cutOff(ConfigurationStore store) {
    Object failed =
        CompletableFuture.failedFuture(new StoreException.Unavailable("there is no quorum"));
    return store(store, (method, call) -> method.equals("watch") ? (Watch) () -> {} : failed);
  }

  /** Hears of nothing, but has a quorum. */
  static ConfigurationStore deaf(ConfigurationStore store) {
    return store(store, (method, call) -> method.equals("watch") ? (Watch) () -> {} : call.go());
  }

  /** Takes its time to check what is proposed, on the thread that asks. */
  static ConfigurationStore slow(
      ConfigurationStore store, CountDownLatch begun, CountDownLatch checked) {
    return store(
        store,
        (method, call) -> {
          if (method.equals("propose")) {
            begun.countDown();
            Object unused = checked.await(20, SECONDS);
          }
          return call.go();
        });
  }

  /** Has a fault that nobody thought of. */
  static ConfigurationStore broken(ConfigurationStore store) {
    Object failed =
        CompletableFuture.failedFuture(new IllegalStateException("secret of the inside"));
    return store(store, (method, call) -> failed);
  }
}
