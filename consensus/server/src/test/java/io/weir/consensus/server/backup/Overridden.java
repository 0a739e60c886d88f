package io.weir.consensus.server.backup;

import io.weir.consensus.ConfigurationStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store of which one method always answers the same. */
final class Overridden {

  private Overridden() {}

  static ConfigurationStore of(ConfigurationStore store, String name, Object answer) {
    return (ConfigurationStore)
        Proxy.newProxyInstance(
            Overridden.class.getClassLoader(),
            new Class<?>[] {ConfigurationStore.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals(name) ? answer : method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
