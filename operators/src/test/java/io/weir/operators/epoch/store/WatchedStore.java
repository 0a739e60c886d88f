package io.weir.operators.epoch.store;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.StoreException;
import io.weir.consensus.WatchListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A store that lets a test speak to those who watch it, and takes no entry of the ledger. */
final class WatchedStore {

  final List<WatchListener> listeners = new ArrayList<>();
  private final ConfigurationStore store;
  private int entriesRefused;

  WatchedStore(ConfigurationStore store) {
    this.store = store;
  }

  ConfigurationStore client() {
    return (ConfigurationStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ConfigurationStore.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the caller knows that it is one
  private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("watch")) {
      listeners.add((WatchListener) arguments[2]);
    }
    if (method.getName().equals("record")) {
      entriesRefused++;
      return CompletableFuture.failedFuture(new StoreException.Unavailable("away"));
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  int entriesRefused() {
    return entriesRefused;
  }
}
