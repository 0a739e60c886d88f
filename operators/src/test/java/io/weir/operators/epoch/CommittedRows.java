package io.weir.operators.epoch;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.InstantiationUtil;

/** Rows that are there for readers when their checkpoint has completed, in the test's process. */
public record CommittedRows(String name)
    implements Sink<Stamped>, SupportsCommitter<CommittedRows.Batch>, Serializable {

  private static final Map<String, Map<String, List<Stamped>>> COMMITTED =
      new ConcurrentHashMap<>();

  /** The rows of a checkpoint; committing one again changes nothing. */
  public record Batch(String id, ArrayList<Stamped> rows) implements Serializable {}

  public static CommittedRows create() {
    CommittedRows rows = new CommittedRows(UUID.randomUUID().toString());
    COMMITTED.put(rows.name(), new ConcurrentHashMap<>());
    return rows;
  }

  public List<Stamped> all() {
    return committed().values().stream().flatMap(List::stream).toList();
  }

  private Map<String, List<Stamped>> committed() {
    return Objects.requireNonNull(COMMITTED.get(name), name);
  }

  @Override
  public CommittingSinkWriter<Stamped, Batch> createWriter(WriterInitContext context) {
    return new Writer();
  }

  @Override
  public Committer<Batch> createCommitter(CommitterInitContext context) {
    Map<String, List<Stamped>> committed = committed();
    return new Committer<>() {
      @Override
      public void commit(Collection<CommitRequest<Batch>> requests) {
        for (CommitRequest<Batch> request : requests) {
          Batch batch = request.getCommittable();
          committed.put(batch.id(), batch.rows());
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public SimpleVersionedSerializer<Batch> getCommittableSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(Batch batch) throws IOException {
        return InstantiationUtil.serializeObject(batch);
      }

      @Override
      public Batch deserialize(int version, byte[] bytes) throws IOException {
        try {
          return InstantiationUtil.deserializeObject(bytes, Batch.class.getClassLoader());
        } catch (ClassNotFoundException e) {
          throw new IOException(e);
        }
      }
    };
  }

  private static final class Writer implements CommittingSinkWriter<Stamped, Batch> {
    private ArrayList<Stamped> rows = new ArrayList<>();

    @Override
    public void write(Stamped row, Context context) {
      rows.add(row);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<Batch> prepareCommit() {
      List<Batch> batches = List.of(new Batch(UUID.randomUUID().toString(), rows));
      rows = new ArrayList<>();
      return batches;
    }

    @Override
    public void close() {}
  }
}
