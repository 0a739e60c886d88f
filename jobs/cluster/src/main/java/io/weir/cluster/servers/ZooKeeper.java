package io.weir.cluster.servers;

import io.weir.cluster.process.Program;
import io.weir.cluster.process.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The one ZooKeeper of a cluster, by which JobManagers elect their leader: Flink's own. */
final class ZooKeeper {

  private ZooKeeper() {}

  static Service service(Place place, FlinkLibrary library, Path conf, int port)
      throws IOException {
    Path settings =
        Files.write(
            conf.resolve("zoo.cfg"),
            List.of(
                "tickTime=1000",
                "dataDir=" + place.make("zookeeper"),
                "clientPort=" + port,
                "clientPortAddress=" + Place.HOST,
                "admin.enableServer=false"));
    List<String> arguments =
        List.of(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            place.logging(),
            "-classpath",
            library.classPath(),
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
            "--zkConfigFile",
            settings.toString(),
            "--peerId",
            "1");
    return place.service(Program.java("zookeeper", place.folder(), arguments));
  }
}
