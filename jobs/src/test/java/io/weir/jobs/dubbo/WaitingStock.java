package io.weir.jobs.dubbo;

import java.util.concurrent.CountDownLatch;

/** Does as it is told; calls that are to time out wait until the end of the process. */
final class WaitingStock implements Stock {

  private final CountDownLatch end = new CountDownLatch(1);

  void end() {
    end.countDown();
  }

  @Override
  public int count(String item, Outcome outcome) throws SoldOutException {
    actAs(item, outcome);
    return item.length();
  }

  @Override
  public String reserve(String item, Outcome outcome) throws SoldOutException {
    actAs(item, outcome);
    return item;
  }

  private void actAs(String item, Outcome outcome) throws SoldOutException {
    if (outcome == Outcome.SOLD_OUT) {
      throw new SoldOutException(item);
    }
    if (outcome == Outcome.TIMEOUT) {
      awaitEnd();
    }
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
