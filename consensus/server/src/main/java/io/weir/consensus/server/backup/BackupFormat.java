package io.weir.consensus.server.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException.InvalidRequest;
import io.weir.consensus.VersionId;
import io.weir.consensus.http.wire.Json;
import io.weir.consensus.http.wire.LedgerJson;
import io.weir.consensus.http.wire.RestoreJson;
import io.weir.consensus.http.wire.RevisionJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** The lines of a backup, format {@value #FORMAT}. */
final class BackupFormat {

  static final int FORMAT = 1;

  /** Far more than a document of the largest size takes, with every character escaped. */
  static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

  static final String KIND = "weir-configuration";
  static final String BACKUP = "backup";
  static final String JOB = "job";
  static final String ENTRY = "entry";
  static final String VERSION = "version";
  static final String END = "end";
  private static final String SCHEMA = "schema";
  private static final String SHA_256 = "sha256";

  private BackupFormat() {}

  static ObjectNode header(Instant time) {
    return Json.object().put(BACKUP, KIND).put("format", FORMAT).put("time", time.toString());
  }

  static ObjectNode job(SavedJob saved) {
    return RestoreJson.write(saved.newest()).put(JOB, saved.job()).put(SCHEMA, saved.schema());
  }

  static SavedJob readJob(ObjectNode line) {
    String job = Json.text(line, JOB);
    String schema = Json.optionalText(line, SCHEMA).orElse(null);
    line.remove(JOB);
    line.remove(SCHEMA);
    VersionId newest = RestoreJson.read(line);
    return new SavedJob(job, newest, schema);
  }

  static ObjectNode entry(LedgerEntry entry) {
    ObjectNode line = Json.object();
    line.set(ENTRY, LedgerJson.write(entry));
    return line;
  }

  static LedgerEntry readEntry(String job, ObjectNode line) {
    return LedgerJson.readRequest(job, inner(line, ENTRY));
  }

  static ObjectNode version(Revision revision) {
    ObjectNode line = Json.object();
    line.set(VERSION, RevisionJson.write(revision));
    return line;
  }

  static Revision readVersion(String job, ObjectNode line) {
    return RestoreJson.readVersion(job, inner(line, VERSION));
  }

  private static ObjectNode inner(ObjectNode line, String field) {
    if (line.get(field) instanceof ObjectNode inner) {
      return inner;
    }
    throw new InvalidRequest(field + " must be an object");
  }

  static ObjectNode end(Contents contents, String sha256) {
    ObjectNode line = Json.object().put(SHA_256, sha256);
    line.putObject(END)
        .put("jobs", contents.jobs())
        .put("versions", contents.versions())
        .put("entries", contents.entries());
    return line;
  }

  static Contents readEnd(ObjectNode line) {
    ObjectNode end = inner(line, END);
    return new Contents(
        Json.smallNumber(end, "jobs"),
        Json.smallNumber(end, "versions"),
        Json.smallNumber(end, "entries"));
  }

  static String readSha256(ObjectNode line) {
    return Json.text(line, SHA_256);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
