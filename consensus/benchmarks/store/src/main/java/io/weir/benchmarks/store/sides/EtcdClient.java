package io.weir.benchmarks.store.sides;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.util.concurrent.CompletableFuture;

/** A transaction compares the key's version and puts; reads are etcd's usual, linearizable ones. */
final class EtcdClient implements StoreClient {

  private final Client client;
  private final KV keys;

  EtcdClient(Client client) {
    this.client = client;
    this.keys = client.getKVClient();
  }

  @Override
  public CompletableFuture<Long> put(String job, long expected, String document) {
    ByteSequence key = ByteSequence.from(job, UTF_8);
    return keys.txn()
        .If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.version(expected)))
        .Then(Op.put(key, ByteSequence.from(document, UTF_8), PutOption.DEFAULT))
        .commit()
        .thenApply(response -> version(response, job, expected));
  }

  private static long version(TxnResponse response, String job, long expected) {
    if (!response.isSucceeded()) {
      throw new IllegalStateException(job + " is not at version " + expected);
    }
    return expected + 1;
  }

  @Override
  public CompletableFuture<Document> get(String job) {
    return keys.get(ByteSequence.from(job, UTF_8)).thenApply(EtcdClient::document);
  }

  private static Document document(GetResponse response) {
    if (response.getKvs().isEmpty()) {
      return Document.NONE;
    }
    KeyValue found = response.getKvs().get(0);
    return new Document(found.getVersion(), found.getValue().toString(UTF_8));
  }

  @Override
  public void close() {
    client.close();
  }
}
