package io.weir.consensus.server.paxos.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.paxos.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LoopTest {

  private final List<String> halts = new CopyOnWriteArrayList<>();
  private final Loop loop = new Loop("a", new Halt((reason, cause) -> halts.add(reason)));

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void doesATaskOnTheThreadThatBringsIt() {
    List<Thread> threads = new ArrayList<>();

    loop.execute(() -> threads.add(Thread.currentThread()));

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void doesWhatATaskBringsBehindIt() {
    List<String> done = new ArrayList<>();

    loop.execute(
        () -> {
          loop.execute(() -> done.add("brought"));
          done.add("first");
        });

    assertThat(done).containsExactly("first", "brought");
  }

  @Test
  void doesWhatWasLeftWithTheNextTask() {
    List<String> done = new ArrayList<>();
    loop.leave(() -> done.add("left"));

    loop.execute(() -> done.add("brought"));

    assertThat(done).containsExactly("left", "brought");
  }

  /** A chain of tasks would hold whoever brought the first one for ever. */
  @Test
  void goesOnElsewhereWhenATaskIsFollowedByTooMany() throws Exception {
    CountDownLatch others = new CountDownLatch(1);
    Thread here = Thread.currentThread();
    Runnable[] next = new Runnable[1];
    next[0] =
        () -> {
          if (Thread.currentThread() == here) {
            loop.execute(next[0]);
          } else {
            others.countDown();
          }
        };

    loop.execute(next[0]);

    assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void doesOneThingAtATimeWhoeverBringsIt() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    List<Integer> together = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(new Thread(() -> bring(2_000, inside, together)));
    }

    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    await().until(() -> done(together) == 8_000);
    assertThat(together).containsOnly(1);
  }

  private void bring(int tasks, AtomicInteger inside, List<Integer> together) {
    for (int i = 0; i < tasks; i++) {
      loop.execute(
          () -> {
            together.add(inside.incrementAndGet());
            inside.decrementAndGet();
          });
    }
  }

  private int done(List<Integer> together) throws InterruptedException {
    AtomicInteger size = new AtomicInteger();
    CountDownLatch counted = new CountDownLatch(1);
    loop.execute(
        () -> {
          size.set(together.size());
          counted.countDown();
        });
    counted.await();
    return size.get();
  }

  @Test
  void doesNothingThatWasCancelledWhileItWaited() {
    List<String> done = new CopyOnWriteArrayList<>();
    loop.execute(
        () -> {
          Surroundings.Timer timer = loop.after(1, () -> done.add("cancelled"));
          loop.after(2, () -> done.add("due"));
          await().pollInSameThread().until(loop::hasTasks);
          timer.cancel();
        });

    await().until(() -> done.contains("due"));

    assertThat(done).containsExactly("due");
  }

  @Test
  void haltsAtWhatIsThrownAndSparesWhoeverBroughtIt() {
    List<String> done = new ArrayList<>();

    loop.execute(
        () -> {
          throw new IllegalStateException("a fault");
        });
    loop.execute(() -> done.add("next"));

    assertThat(halts).singleElement().asString().contains("unexpected error");
    assertThat(done).containsExactly("next");
  }

  @Test
  void doesNothingOnceItIsClosed() {
    List<String> done = new ArrayList<>();
    loop.close();

    loop.execute(() -> done.add("late"));
    loop.after(0, () -> done.add("later"));

    assertThat(done).isEmpty();
  }
}
