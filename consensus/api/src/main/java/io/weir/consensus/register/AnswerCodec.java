package io.weir.consensus.register;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers as bytes, from the node that applied a command to the node that submitted it. */
public final class AnswerCodec {

  private static final int PROPOSED = 1;
  private static final int NOTED = 2;
  private static final int CONFLICT = 3;
  private static final int SCHEMA_CHANGED = 4;
  private static final int UNKNOWN_JOB = 5;
  private static final int UNKNOWN_VERSION = 6;
  private static final int COMPACTED = 7;
  private static final int REFUSED = 8;

  private AnswerCodec() {}

  public static byte[] encode(Answer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      write(new DataOutputStream(bytes), answer);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Answer answer) throws IOException {
    if (answer instanceof Answer.Proposed proposed) {
      out.writeByte(PROPOSED);
      Binary.writeRevision(out, proposed.revision());
    } else if (answer instanceof Answer.Noted) {
      out.writeByte(NOTED);
    } else if (answer instanceof Answer.Conflict conflict) {
      out.writeByte(CONFLICT);
      out.writeLong(conflict.actual());
    } else if (answer instanceof Answer.SchemaChanged) {
      out.writeByte(SCHEMA_CHANGED);
    } else if (answer instanceof Answer.UnknownJob) {
      out.writeByte(UNKNOWN_JOB);
    } else if (answer instanceof Answer.UnknownVersion unknown) {
      out.writeByte(UNKNOWN_VERSION);
      out.writeLong(unknown.newest());
    } else if (answer instanceof Answer.Compacted compacted) {
      out.writeByte(COMPACTED);
      out.writeLong(compacted.oldest());
    } else if (answer instanceof Answer.Refused refused) {
      out.writeByte(REFUSED);
      Binary.writeText(out, refused.reason());
    }
  }

  /** Reads an answer, or throws an {@link IllegalArgumentException} at anything else. */
  public static Answer decode(byte[] bytes) {
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new IllegalArgumentException("not an answer of the register", e);
    }
  }

  private static Answer read(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case PROPOSED -> new Answer.Proposed(Binary.readRevision(in));
      case NOTED -> new Answer.Noted();
      case CONFLICT -> new Answer.Conflict(in.readLong());
      case SCHEMA_CHANGED -> new Answer.SchemaChanged();
      case UNKNOWN_JOB -> new Answer.UnknownJob();
      case UNKNOWN_VERSION -> new Answer.UnknownVersion(in.readLong());
      case COMPACTED -> new Answer.Compacted(in.readLong());
      case REFUSED -> new Answer.Refused(Binary.readText(in));
      default -> throw new IOException("an answer of kind " + kind);
    };
  }
}
