package io.weir.consensus.server.front;

import io.weir.consensus.http.wire.Json;
import io.weir.consensus.http.wire.Problem;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty itself refuses, such as a header that is too large, in the form of all errors. */
final class JsonErrors extends ErrorHandler {

  private static final HttpField JSON = new HttpField(HttpHeader.CONTENT_TYPE, "application/json");

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    response.getHeaders().put(JSON);
    response.write(true, ByteBuffer.wrap(body(code, message)), callback);
  }

  private static byte[] body(int status, @Nullable String message) {
    String code = HttpStatus.getMessage(status);
    // A fault's message may tell of the node's inside.
    String said = message == null || status >= 500 ? code : code + ": " + message;
    return Json.write(Problem.of(status, error(status), said).body());
  }

  private static String error(int status) {
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      // While the node stops: nothing was done.
      return "unavailable";
    }
    return status >= 500 ? "internal" : "bad_http";
  }
}
