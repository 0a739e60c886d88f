package io.weir.consensus.register;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Limits;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One job's ledger, where nodes agree on it by itself.
 *
 * @param entries the newest, oldest first: at most {@value Limits#LEDGER_ENTRIES}, and no more than
 *     fit into {@value #MAX_BYTES} bytes
 */
public record LedgerPage(List<LedgerEntry> entries) {

  private static final int FORMAT = 3;
  private static final int MAX_BYTES = 512 * 1024;

  public LedgerPage {
    entries = List.copyOf(entries);
  }

  /** With an entry, unless it is there already. */
  public LedgerPage with(LedgerEntry entry) {
    if (entries.stream().anyMatch(known -> JobHistory.isSame(known, entry))) {
      return this;
    }
    List<LedgerEntry> all = new ArrayList<>(entries);
    all.add(entry);
    int from = all.size();
    for (int bytes = 0; from > 0 && all.size() - from < Limits.LEDGER_ENTRIES; from--) {
      bytes += bytes(all.get(from - 1));
      if (bytes > MAX_BYTES) {
        break;
      }
    }
    return new LedgerPage(all.subList(from, all.size()));
  }

  private static int bytes(LedgerEntry entry) {
    return Binary.bytes(out -> Binary.writeLedgerEntry(out, entry)).length;
  }

  /** Format {@value #FORMAT}, that of commands. */
  public byte[] encode() {
    return Binary.bytes(this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(entries.size());
    for (LedgerEntry entry : entries) {
      Binary.writeLedgerEntry(out, entry);
    }
  }

  /** Reads a ledger; an empty one from no bytes. Anything else is an error. */
  public static LedgerPage decode(byte[] bytes) {
    return bytes.length == 0
        ? new LedgerPage(List.of())
        : Binary.parsed("a ledger", bytes, LedgerPage::read);
  }

  private static LedgerPage read(DataInputStream in) throws IOException {
    int format = in.readUnsignedByte();
    Binary.checkFormat("a ledger", format, FORMAT);
    List<LedgerEntry> entries = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      entries.add(Binary.readLedgerEntry(in, format));
    }
    return new LedgerPage(entries);
  }
}
