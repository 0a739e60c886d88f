package io.weir.operators.epoch.coordination;

import io.weir.operators.epoch.message.Document;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The bytes of a document in a checkpoint: format, version, hash, text. */
final class DocumentCodec {

  private static final int FORMAT = 1;

  private DocumentCodec() {}

  static byte[] encode(Document document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(FORMAT);
      out.writeLong(document.version());
      out.writeUTF(document.hash());
      byte[] text = document.text().getBytes(StandardCharsets.UTF_8);
      out.writeInt(text.length);
      out.write(text);
    } catch (IOException e) {
      throw new IllegalStateException("memory takes everything", e);
    }
    return bytes.toByteArray();
  }

  static Document decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("a configuration of format " + format + "; this build reads " + FORMAT);
    }
    long version = in.readLong();
    String hash = in.readUTF();
    byte[] text = new byte[in.readInt()];
    in.readFully(text);
    return new Document(version, hash, new String(text, StandardCharsets.UTF_8));
  }
}
