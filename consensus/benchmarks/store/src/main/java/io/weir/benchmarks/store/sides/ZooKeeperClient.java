package io.weir.benchmarks.store.sides;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * A node's data version is compared; a read is a sync and a read right behind it, which ZooKeeper
 * answers in their order without a pause between them.
 */
final class ZooKeeperClient implements StoreClient {

  private static final int SESSION_MILLIS = 10_000;

  private final ZooKeeper client;

  private ZooKeeperClient(ZooKeeper client) {
    this.client = client;
  }

  /** A client that connects in the background. */
  static ZooKeeperClient connect(String addresses, Properties trust) throws IOException {
    ZKClientConfig config = new ZKClientConfig();
    config.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
    config.setProperty(
        ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
    trust.stringPropertyNames().forEach(key -> config.setProperty(key, trust.getProperty(key)));
    return new ZooKeeperClient(
        new ZooKeeper(addresses, SESSION_MILLIS, event -> {}, false, config));
  }

  @Override
  public CompletableFuture<Long> put(String job, long expected, String document) {
    CompletableFuture<Long> version = new CompletableFuture<>();
    byte[] data = document.getBytes(UTF_8);
    if (expected == 0) {
      client.create(
          path(job),
          data,
          ZooDefs.Ids.OPEN_ACL_UNSAFE,
          CreateMode.PERSISTENT,
          (code, path, context, name) -> complete(version, code, path, 1L),
          null);
    } else {
      client.setData(
          path(job),
          data,
          (int) expected - 1,
          (code, path, context, stat) -> complete(version, code, path, expected + 1),
          null);
    }
    return version;
  }

  @Override
  public CompletableFuture<Document> get(String job) {
    CompletableFuture<Document> document = new CompletableFuture<>();
    client.sync(
        path(job),
        (code, path, context) -> {
          if (code != Code.OK.intValue()) {
            fail(document, code, path);
          }
        },
        null);
    client.getData(
        path(job),
        false,
        (code, path, context, data, stat) -> {
          if (code == Code.NONODE.intValue()) {
            document.complete(Document.NONE);
          } else if (code == Code.OK.intValue()) {
            document.complete(new Document(stat.getVersion() + 1L, new String(data, UTF_8)));
          } else {
            fail(document, code, path);
          }
        },
        null);
    return document;
  }

  private static String path(String job) {
    return "/" + job;
  }

  private static <T> void complete(CompletableFuture<T> future, int code, String path, T value) {
    if (code == Code.OK.intValue()) {
      future.complete(value);
    } else {
      fail(future, code, path);
    }
  }

  private static void fail(CompletableFuture<?> future, int code, String path) {
    future.completeExceptionally(KeeperException.create(Code.get(code), path));
  }

  @Override
  public void close() {
    try {
      client.close(SESSION_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
