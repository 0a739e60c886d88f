package io.weir.consensus.register;

import io.weir.consensus.VersionId;
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
 * @param target the version with which a job that is being restored will be whole; else null
 */
public record JobHead(
    String job,
    @Nullable Stored newest,
    byte @Nullable [] schema,
    String schemaHash,
    List<String> schemaRequests,
    @Nullable VersionId target) {

  private static final int FORMAT = 2;

  /** The next format knows of jobs that are being restored. */
  private static final int FORMAT_WITHOUT_TARGET = 1;

  public JobHead {
    schemaRequests = List.copyOf(schemaRequests);
  }

  /** Of a job that nobody has changed yet. */
  public static JobHead none(String job) {
    return new JobHead(job, null, null, "", List.of(), null);
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
    return new JobHead(job, next, schema, schemaHash, schemaRequests, null);
  }

  /** With a version of a backup; the last one makes it whole. */
  JobHead restored(Stored next) {
    boolean whole = target != null && target.equals(VersionId.of(next.revision()));
    return new JobHead(job, next, schema, schemaHash, schemaRequests, whole ? null : target);
  }

  JobHead restoring(VersionId newest) {
    return new JobHead(job, null, schema, schemaHash, schemaRequests, newest);
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
        requests.subList(tooMany, requests.size()),
        target);
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
      Binary.writeStored(out, newest);
    }
    Binary.writeBytes(out, schema);
    Binary.writeText(out, schemaHash);
    out.writeInt(schemaRequests.size());
    for (String request : schemaRequests) {
      Binary.writeText(out, request);
    }
    Binary.writeTarget(out, target);
  }

  /** Reads a head, or throws an {@link IllegalArgumentException} at anything else. */
  public static JobHead decode(byte[] bytes) {
    return Binary.parsed("the head of a job", bytes, JobHead::read);
  }

  private static JobHead read(DataInputStream in) throws IOException {
    int format = in.readUnsignedByte();
    if (format != FORMAT && format != FORMAT_WITHOUT_TARGET) {
      throw new IOException(
          "a head of format %d; this release knows %d and %d"
              .formatted(format, FORMAT_WITHOUT_TARGET, FORMAT));
    }
    String job = Binary.readText(in);
    Stored newest = in.readBoolean() ? Binary.readStored(in) : null;
    byte @Nullable [] schema = Binary.readBytes(in);
    String schemaHash = Binary.readText(in);
    List<String> requests = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      requests.add(Binary.readText(in));
    }
    VersionId target = format == FORMAT ? Binary.readTarget(in) : null;
    return new JobHead(job, newest, schema, schemaHash, requests, target);
  }
}
