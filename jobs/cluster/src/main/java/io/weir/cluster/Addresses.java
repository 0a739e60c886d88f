package io.weir.cluster;

import io.weir.cluster.process.Service;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where the servers of a cluster listen, as the file {@value #FILE} in its folder says. Written
 * last: its presence means that the cluster started.
 *
 * @param flink the version
 * @param byServer an address for each process that others reach by one
 */
record Addresses(String flink, Map<String, String> byServer) {

  static final String FILE = "addresses.properties";

  private static final String FLINK = "flink.version";

  Addresses {
    byServer = Map.copyOf(byServer);
  }

  static Addresses of(Cluster cluster) {
    Map<String, String> addresses = new TreeMap<>();
    put(addresses, cluster.flink().jobManagers(), cluster.flink().addresses());
    put(addresses, cluster.kafka().brokers(), List.of(cluster.kafka().servers().split(",", -1)));
    addresses.put(cluster.postgres().service().name(), cluster.postgres().url());
    return new Addresses(cluster.flink().library().version(), addresses);
  }

  private static void put(Map<String, String> addresses, List<Service> services, List<?> places) {
    for (int i = 0; i < services.size(); i++) {
      addresses.put(services.get(i).name(), String.valueOf(places.get(i)));
    }
  }

  /** Whether a cluster has started in a folder, however long ago. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  static Addresses read(Path folder) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve(FILE))) {
      properties.load(in);
    }
    Map<String, String> addresses = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      addresses.put(name, properties.getProperty(name));
    }
    String flink = addresses.remove(FLINK);
    return new Addresses(flink == null ? "" : flink, addresses);
  }

  void write(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.putAll(byServer);
    properties.setProperty(FLINK, flink);
    try (Writer out = Files.newBufferedWriter(folder.resolve(FILE))) {
      properties.store(out, null);
    }
  }
}
