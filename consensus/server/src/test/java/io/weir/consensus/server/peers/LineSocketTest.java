package io.weir.consensus.server.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LineSocketTest {

  private LineSocket here;
  private Socket there;

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      here =
          new LineSocket(
              SocketChannel.open(
                  new InetSocketAddress(server.getInetAddress(), server.getLocalPort())));
      there = server.accept();
    }
  }

  @AfterEach
  void close() throws IOException {
    here.close();
    there.close();
  }

  private CompletableFuture<Integer> reading() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return here.getInputStream().read();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @Test
  void takesAllOutputWhileTheOtherSideReadsNothingAndBringsItInOrder() throws Exception {
    byte[] all = new byte[8 << 20];
    new Random(1).nextBytes(all);

    for (int offset = 0; offset < all.length; offset += 10_000) {
      here.getOutputStream().write(all, offset, Math.min(10_000, all.length - offset));
    }
    long left = here.waitingBytes();
    CompletableFuture<Integer> reading = reading();
    byte[] come = there.getInputStream().readNBytes(all.length);

    assertThat(left).isPositive();
    assertThat(come).isEqualTo(all);
    await().until(() -> here.waitingBytes() == 0);
    there.getOutputStream().write(42);
    assertThat(reading.get(60, TimeUnit.SECONDS)).isEqualTo(42);
  }

  @Test
  void sendsWhatWaitsAlsoWhereThereIsAlwaysSomethingToRead() throws Exception {
    here.getOutputStream().write(new byte[16 << 20]);
    long left = here.waitingBytes();
    there.getInputStream().readNBytes((int) ((16 << 20) - left));

    await()
        .until(
            () -> {
              there.getOutputStream().write(new byte[100]);
              here.getInputStream().readNBytes(100);
              return here.waitingBytes() < left;
            });
  }

  @Test
  void givesUpReadingWhenNothingComesWithinItsLimit() {
    here.setSoTimeout(20);

    assertThatThrownBy(() -> here.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void endsWithTheOtherSide() throws Exception {
    there.close();

    assertThat(here.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void wakesWhoeverReadsWhenItIsClosed() throws Exception {
    CompletableFuture<Integer> reading = reading();

    here.close();

    assertThatThrownBy(() -> reading.get(60, TimeUnit.SECONDS))
        .rootCause()
        .isInstanceOf(SocketException.class);
  }
}
