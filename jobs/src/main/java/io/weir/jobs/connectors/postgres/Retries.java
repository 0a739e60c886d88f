package io.weir.jobs.connectors.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Which failures of PostgreSQL pass by themselves, and how long to wait for that. */
final class Retries {

  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 5_000;

  private Retries() {}

  /** Whether the same statement may succeed later. Codes: "Appendix A. PostgreSQL Error Codes". */
  static boolean mayPass(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (isClass(state, "08", "40", "53") || isOf(state));
  }

  // 08 connection, 40 rollback (serialization, deadlock), 53 resources.
  private static boolean isClass(String state, String... classes) {
    for (String prefix : classes) {
      if (state.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  // 57P01-03 shutdown, crash, starting; 57014 canceled; 55P03 locked; 25006 read-only (a failover).
  private static boolean isOf(@Nullable String state) {
    return switch (String.valueOf(state)) {
      case "57P01", "57P02", "57P03", "57014", "55P03", "25006" -> true;
      default -> false;
    };
  }

  /** Milliseconds before a retry: doubling, bounded; none before the first attempt. */
  static long pauseMillis(int retries) {
    return retries == 0 ? 0 : Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(retries - 1, 10));
  }
}
