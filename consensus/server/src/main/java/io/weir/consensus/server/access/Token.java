package io.weir.consensus.server.access;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A token as a node knows it.
 *
 * @param name of whoever holds it: the author of what is done with it
 * @param role what it may do
 * @param sha256 of the token's characters, 32 bytes
 */
public record Token(String name, Role role, byte[] sha256) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,59}");
  private static final int HASH_BYTES = 32;

  public Token {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name '" + name + "': 1 to 60 letters, digits, '.', '_', '@' and '-' are allowed");
    }
    if (sha256.length != HASH_BYTES) {
      throw new IllegalArgumentException(
          "sha256: " + sha256.length + " bytes; it must have " + HASH_BYTES);
    }
    sha256 = sha256.clone();
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return name + " (" + role.word() + ")";
  }

  String hash() {
    return HexFormat.of().formatHex(sha256);
  }
}
