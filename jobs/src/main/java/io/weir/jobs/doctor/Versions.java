package io.weir.jobs.doctor;

import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * What runs a job here.
 *
 * @param java feature release
 * @param flink such as 2.2.1
 */
public record Versions(int java, String flink) {

  private static final int JAVA = 17;

  /** Of this process. */
  public static Versions here() {
    return new Versions(Runtime.version().feature(), EnvironmentInformation.getVersion());
  }

  Finding ofJava() {
    String says = "release " + java;
    return java >= JAVA
        ? Finding.ok("java", says)
        : Finding.fail("java", says, "install a JDK " + JAVA + " or later, or set JAVA_HOME");
  }

  Finding ofFlink() {
    return flink.startsWith("2.2.") || flink.startsWith("2.3.")
        ? Finding.ok("flink", flink)
        : Finding.warn("flink", flink, "tested are 2.2.1 and 2.3.0");
  }
}
