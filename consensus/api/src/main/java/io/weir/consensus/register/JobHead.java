package io.weir.consensus.register;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes agree on about one job at a time, where they agree on each job by itself: the newest
 * version, which names its predecessor by hash and its request by id, and the schema.
 *
 * @param newest null when the job has no version yet
 * @param schema compressed; null when there is none
 * @param schemaHash of the schema as it was written; empty when there is none
 * @param schemaRequests the newest requests that set a schema, oldest first
 */
public record JobHead(
    String job,
    @Nullable Stored newest,
    byte @Nullable [] schema,
    String schemaHash,
    List<String> schemaRequests) {

  private static final int FORMAT = 1;

  public JobHead {
    schemaRequests = List.copyOf(schemaRequests);
  }

  /** Of a job that nobody has changed yet. */
  public static JobHead none(String job) {
    return new JobHead(job, null, null, "", List.of());
  }

  /** 0 when the job has no version yet. */
  public long version() {
    return newest == null ? 0 : newest.revision().version();
  }

  /** Of the newest version; empty when there is none. */
  public String hash() {
    return newest == null ? "" : newest.revision().hash();
  }

  JobHead with(Stored next) {
    return new JobHead(job, next, schema, schemaHash, schemaRequests);
  }

  JobHead with(Command.SetSchema command) {
    List<String> requests = new ArrayList<>(schemaRequests);
    requests.add(command.requestId());
    int tooMany = Math.max(0, requests.size() - JobHistory.SCHEMA_REQUESTS);
    return new JobHead(
        job,
        newest,
        command.schema(),
        command.schemaHash(),
        requests.subList(tooMany, requests.size()));
  }

  /** Format {@value #FORMAT}. */
  public byte[] encode() {
    return Binary.bytes(this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeByte(FORMAT);
    Binary.writeText(out, job);
    out.writeBoolean(newest != null);
    if (newest != null) {
      Binary.writeRevision(out, newest.revision());
      Binary.writeBytes(out, newest.content());
    }
    Binary.writeBytes(out, schema);
    Binary.writeText(out, schemaHash);
    out.writeInt(schemaRequests.size());
    for (String request : schemaRequests) {
      Binary.writeText(out, request);
    }
  }

  /** Reads a head, or throws an {@link IllegalArgumentException} at anything else. */
  public static JobHead decode(byte[] bytes) {
    return Binary.parsed("the head of a job", bytes, JobHead::read);
  }

  private static JobHead read(DataInputStream in) throws IOException {
    int format = in.readUnsignedByte();
    if (format != FORMAT) {
      throw new IOException("a head of format " + format + "; this release knows " + FORMAT);
    }
    String job = Binary.readText(in);
    Stored newest =
        in.readBoolean() ? new Stored(Binary.readRevision(in), Binary.readBytes(in)) : null;
    byte @Nullable [] schema = Binary.readBytes(in);
    String schemaHash = Binary.readText(in);
    List<String> requests = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      requests.add(Binary.readText(in));
    }
    return new JobHead(job, newest, schema, schemaHash, requests);
  }
}
