package io.weir.consensus.server.raft;

import io.atomix.protocols.raft.impl.RaftContext;
import io.weir.consensus.server.lifecycle.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Every mend was made for one version of Atomix; with another it may do harm. */
final class AtomixVersion {

  static final String REQUIRED = "3.1.12";

  private static final String PROPERTIES = "/META-INF/maven/io.atomix/atomix-raft/pom.properties";

  private AtomixVersion() {}

  static void require() throws IOException, StartRefused {
    require(found());
  }

  static void require(String found) throws StartRefused {
    if (!found.equals(REQUIRED)) {
      throw new StartRefused(
          "Atomix " + found + " is on the class path; this node runs with " + REQUIRED + " only");
    }
  }

  private static String found() throws IOException {
    try (InputStream in = RaftContext.class.getResourceAsStream(PROPERTIES)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "of unknown version");
    }
  }
}
