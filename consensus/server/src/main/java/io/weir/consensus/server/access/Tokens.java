package io.weir.consensus.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tokens that a node takes. */
public final class Tokens {

  private static final int MOST = 1_000;

  private final List<Token> tokens;

  public Tokens(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
    if (tokens.isEmpty() || tokens.size() > MOST) {
      throw new IllegalArgumentException(tokens.size() + " tokens; 1 to " + MOST + " are allowed");
    }
    Set<String> names = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (Token token : tokens) {
      if (!names.add(token.name()) || !hashes.add(token.hash())) {
        throw new IllegalArgumentException("token '" + token.name() + "' comes twice");
      }
    }
  }

  /** Finds whose token it is. The time it takes says nothing about how much of it was right. */
  public Optional<Token> find(String token) {
    byte[] hash = hash(token);
    Token found = null;
    for (Token known : tokens) {
      if (MessageDigest.isEqual(known.sha256(), hash)) {
        found = known;
      }
    }
    return Optional.ofNullable(found);
  }

  /** SHA-256 of a token's characters. */
  public static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
