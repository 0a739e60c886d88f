package io.weir.jobs.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The driver of PostgreSQL in the class loader of a job, and in that of a program. */
class PostgresDriverTest {

  private static final String DRIVER = "org.postgresql.Driver";

  /** Nobody listens at this port. */
  private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/none";

  @Test
  void aJobsClassLoaderIsNotKeptByItsDriver() throws Exception {
    URL[] job = {place(PostgresDatabase.class), place(Class.forName(DRIVER))};
    try (URLClassLoader loader = new URLClassLoader(job, ClassLoader.getPlatformClassLoader())) {
      connect(loader.loadClass(PostgresDatabase.class.getName()));

      Class<?> driver = loader.loadClass(DRIVER);
      assertThat(driver.getMethod("isRegistered").invoke(null)).isEqualTo(false);
    }
  }

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static void connect(Class<?> type) throws Exception {
    Constructor<?> constructor = type.getConstructor(String.class, Map.class);
    Method connect = type.getDeclaredMethod("connect");
    connect.setAccessible(true);
    Object database = constructor.newInstance(NOWHERE, Map.of());
    assertThatThrownBy(() -> connect.invoke(database))
        .isInstanceOf(InvocationTargetException.class)
        .hasCauseInstanceOf(SQLException.class);
  }

  @Test
  void aProgramsOwnDriverStaysForOthers() throws Exception {
    assertThatThrownBy(new PostgresDatabase(NOWHERE, Map.of())::connect)
        .isInstanceOf(SQLException.class);

    assertThat(DriverManager.getDriver(NOWHERE)).isInstanceOf(Class.forName(DRIVER));
  }

  @Test
  void anAddressOfAnotherDatabaseIsRefused() {
    assertThatThrownBy(new PostgresDatabase("jdbc:other:x", Map.of())::connect)
        .hasMessage("jdbc:other:x is no address of PostgreSQL");
  }

  @Test
  void aPasswordInAnAddressThatIsRefusedIsNotRepeated() {
    String address = "jdbc:postgresql://127.0.0.1:99999/none?user=weir&password=s3cret";

    assertThatThrownBy(new PostgresDatabase(address, Map.of())::connect)
        .hasMessage("jdbc:postgresql://127.0.0.1:99999/none is no address of PostgreSQL");
  }
}
