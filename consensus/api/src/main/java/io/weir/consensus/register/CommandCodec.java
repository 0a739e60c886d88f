package io.weir.consensus.register;

import static io.weir.consensus.register.Binary.readBytes;
import static io.weir.consensus.register.Binary.readEnum;
import static io.weir.consensus.register.Binary.readPresent;
import static io.weir.consensus.register.Binary.readText;
import static io.weir.consensus.register.Binary.writeBytes;
import static io.weir.consensus.register.Binary.writeEnum;
import static io.weir.consensus.register.Binary.writeText;

import io.weir.consensus.Change;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Commands as bytes of the log, format {@value #FORMAT}. */
public final class CommandCodec {

  private static final int FORMAT = 3;
  private static final int PROPOSE = 1;
  private static final int SET_SCHEMA = 2;
  private static final int NOTE = 3;
  private static final int BEGIN_RESTORE = 4;
  private static final int RESTORE = 5;

  private CommandCodec() {}

  public static byte[] encode(Command command) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(FORMAT);
      write(out, command);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Command command) throws IOException {
    if (command instanceof Command.Propose propose) {
      out.writeByte(PROPOSE);
      writePropose(out, propose);
    } else if (command instanceof Command.SetSchema set) {
      out.writeByte(SET_SCHEMA);
      writeText(out, set.job());
      writeBytes(out, set.schema());
      writeText(out, set.schemaHash());
      writeText(out, set.requestId());
    } else if (command instanceof Command.Note note) {
      out.writeByte(NOTE);
      Binary.writeLedgerEntry(out, note.entry());
    } else if (command instanceof Command.BeginRestore begin) {
      out.writeByte(BEGIN_RESTORE);
      writeText(out, begin.job());
      Binary.writeVersionId(out, begin.newest());
    } else if (command instanceof Command.Restore restore) {
      out.writeByte(RESTORE);
      Binary.writeStored(out, restore.version());
    }
  }

  private static void writePropose(DataOutputStream out, Command.Propose propose)
      throws IOException {
    writeText(out, propose.job());
    out.writeLong(propose.expectedVersion());
    writeEnum(out, propose.kind());
    writeBytes(out, propose.content());
    writeText(out, propose.documentHash());
    out.writeLong(propose.rollbackTo());
    Binary.writeAbandoned(out, propose.kind(), propose.abandoned());
    writeText(out, propose.author());
    writeText(out, propose.reason());
    writeText(out, propose.requestId());
    writeText(out, propose.schemaHash());
  }

  /**
   * Reads a command of the log.
   *
   * @throws IOException when it is none that this release knows: going on would part the replicas
   */
  public static Command decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int format = in.readUnsignedByte();
    Binary.checkFormat("a command", format, FORMAT);
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case PROPOSE -> readPropose(in);
      case SET_SCHEMA ->
          new Command.SetSchema(readText(in), readPresent(in), readText(in), readText(in));
      case NOTE -> new Command.Note(Binary.readLedgerEntry(in, format));
      case BEGIN_RESTORE -> new Command.BeginRestore(readText(in), Binary.readVersionId(in));
      case RESTORE -> new Command.Restore(Binary.readStored(in));
      default -> throw new IOException("a command of kind " + kind);
    };
  }

  private static Command readPropose(DataInputStream in) throws IOException {
    String job = readText(in);
    long expected = in.readLong();
    Change.Kind kind = readEnum(in, Change.Kind.class);
    return new Command.Propose(
        job,
        expected,
        kind,
        readBytes(in),
        readText(in),
        in.readLong(),
        Binary.readAbandoned(in, kind),
        readText(in),
        readText(in),
        readText(in),
        readText(in));
  }
}
