package io.weir.consensus.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.StoreException.InvalidConfiguration;
import io.weir.consensus.server.schema.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A file of tokens: {@code tokens: [{name: ..., role: read|propose|admin, sha256: <hex>}]}. Every
 * mistake is an {@link IllegalArgumentException} that names file, place, and what is allowed.
 */
public final class TokenFile {

  private static final Set<String> FIELDS = Set.of("name", "role", "sha256");

  private TokenFile() {}

  public static Tokens read(Path file) {
    try {
      return tokens(YamlDocument.parse("the file", Files.readString(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
    } catch (InvalidConfiguration | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static Tokens tokens(JsonNode file) {
    JsonNode list = file.path("tokens");
    if (!list.isArray() || file.size() != 1) {
      throw new IllegalArgumentException("must have one key, tokens, with a list");
    }
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      try {
        tokens.add(token(list.get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("/tokens/" + i + ": " + e.getMessage(), e);
      }
    }
    return new Tokens(tokens);
  }

  private static Token token(JsonNode json) {
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw new IllegalArgumentException(
            field.getKey() + " is not known; name, role and sha256 are allowed");
      }
    }
    return new Token(
        json.path("name").asText(),
        role(json.path("role").asText()),
        hash(json.path("sha256").asText()));
  }

  private static Role role(String word) {
    for (Role role : Role.values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException("role '" + word + "': read, propose and admin are allowed");
  }

  private static byte[] hash(String hex) {
    try {
      return HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits", e);
    }
  }
}
