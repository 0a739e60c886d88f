package io.weir.consensus.server.paxos.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Message;
import io.weir.consensus.server.paxos.Message.Prepare;
import io.weir.consensus.server.paxos.Message.Promise;
import io.weir.consensus.server.storage.Disk;
import io.weir.consensus.server.storage.FileDisk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AcceptorThreadTest {

  @TempDir private Path folder;

  private final List<String> halts = new CopyOnWriteArrayList<>();
  private final List<Message.Reply> replies = new CopyOnWriteArrayList<>();
  private final AtomicInteger syncs = new AtomicInteger();
  private volatile boolean broken;
  private AcceptorThread acceptor;

  @BeforeEach
  void open() throws Exception {
    acceptor =
        new AcceptorThread("a", disk(), 1 << 20, new Halt((reason, cause) -> halts.add(reason)));
    acceptor.begin();
  }

  @AfterEach
  void close() {
    acceptor.close();
  }

  /** A disk of files that counts its syncs, and fails in them when it is broken. */
  private Disk disk() {
    Disk files = new FileDisk(folder);
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("sync")) {
                syncs.incrementAndGet();
                if (broken) {
                  throw new IOException("broken");
                }
              }
              try {
                return method.invoke(files, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void ask(String key) {
    acceptor.ask(new Prepare(key, new Ballot(1, 1, "b")), replies::add);
  }

  @Test
  void answersOnItsThreadWhenItIsWoken() {
    ask("k");

    acceptor.wake();

    await().until(() -> replies.size() == 1);
    assertThat(replies).first().isInstanceOf(Promise.class);
  }

  @Test
  void writesOnceForAllThatWasAsked() {
    for (int i = 0; i < 100; i++) {
      ask("k" + i);
    }

    acceptor.work();

    assertThat(replies).hasSize(100);
    assertThat(syncs).hasValue(1);
  }

  @Test
  void answersEverythingWhoeverAsksAtTheSameTime() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      threads.add(new Thread(() -> askMany(number)));
    }

    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    await().until(() -> replies.size() == 400);
    assertThat(halts).isEmpty();
  }

  private void askMany(int thread) {
    for (int i = 0; i < 100; i++) {
      ask(thread + "/" + i);
      if (thread % 2 == 0) {
        acceptor.work();
      } else {
        acceptor.wake();
      }
    }
  }

  @Test
  void haltsAndAnswersNothingMoreWhenTheDiskFails() {
    broken = true;
    ask("k");

    acceptor.work();
    broken = false;
    ask("other");
    acceptor.work();

    assertThat(halts).containsExactly("the acceptor's log cannot be written");
    assertThat(replies).isEmpty();
  }

  @Test
  void writesNothingOnceItIsClosed() {
    ask("k");
    acceptor.close();

    acceptor.work();

    assertThat(replies).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
