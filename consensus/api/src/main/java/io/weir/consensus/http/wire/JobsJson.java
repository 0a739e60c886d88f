package io.weir.consensus.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The names of all jobs as JSON. */
public final class JobsJson {

  private static final String JOBS = "jobs";

  private JobsJson() {}

  public static ObjectNode write(List<String> jobs) {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray(JOBS);
    jobs.forEach(array::add);
    return json;
  }

  public static List<String> read(JsonNode json) {
    List<String> jobs = new ArrayList<>();
    Json.array(json, JOBS).forEach(job -> jobs.add(job.asText()));
    return jobs;
  }
}
