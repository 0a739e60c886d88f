package io.weir.operators.epoch.coordination;

import io.weir.consensus.VersionId;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Inquire;
import io.weir.operators.epoch.message.Prepare;
import io.weir.operators.epoch.message.Prepared;
import io.weir.operators.epoch.message.Standing;
import io.weir.operators.epoch.message.Welcome;
import io.weir.operators.epoch.metrics.EpochMetrics;
import io.weir.operators.epoch.protocol.Completion;
import io.weir.operators.epoch.protocol.EpochEffects;
import io.weir.operators.epoch.protocol.EpochProtocol;
import io.weir.operators.epoch.protocol.Member;
import io.weir.operators.epoch.protocol.Member.Place;
import io.weir.operators.epoch.store.StoreFollower;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the coordinators of a job share: the {@link EpochProtocol} behind a lock, a thread that
 * watches the time, and the store's follower. Lives in the JobManager from the first coordinator's
 * creation to the last one's end; a failover of tasks does not end it.
 *
 * <p>Thread-safe. Nothing under the lock waits, so the JobManager's thread never does.
 */
final class JobEpochs {

  private static final Logger LOG = LoggerFactory.getLogger(JobEpochs.class);

  private static final Duration TICK = Duration.ofMillis(200);
  // Above Flink's own latencies; a repeated message does no harm.
  private static final Duration REPEAT = Duration.ofMillis(500);
  private static final Duration GIVE_UP = Duration.ofSeconds(20);

  private final EpochSettings settings;
  private final EpochProtocol protocol;
  private final Map<String, EpochCoordinator> coordinators = new LinkedHashMap<>();
  private final Openings openings = new Openings();
  private final ScheduledExecutorService executor;
  private final CheckpointTrigger trigger;
  private final EpochMetrics metrics;

  private @Nullable StoreFollower follower;
  private boolean started;
  private long startedAt;
  private long waitingSince = -1;
  private long repeatedAt;
  private String lastRefusal = "";

  JobEpochs(EpochSettings settings, EpochMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
    executor = executor("weir-epochs-" + settings.job());
    protocol = new EpochProtocol(new Effects(), settings.failJobWhenMixed());
    trigger = new CheckpointTrigger(executor, settings, this::wantsCheckpoint);
  }

  private static ScheduledExecutorService executor(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    // What still comes when the job has ended is of no use to anybody.
    executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    return executor;
  }

  synchronized void join(EpochCoordinator coordinator) {
    coordinators.put(coordinator.operator(), coordinator);
    metrics.register(coordinator.context().metricGroup());
  }

  /** Begins to follow the store, when the first coordinator starts. */
  synchronized void start() {
    if (started) {
      return;
    }
    started = true;
    startedAt = System.nanoTime();
    metrics.beginUnder(protocol.current());
    trigger.use(first().context().getCheckpointCoordinator());
    follower =
        StoreFollower.start(
            settings,
            first().type().schema(),
            protocol.current(),
            executor,
            metrics,
            new FollowerListener());
    var unused =
        executor.scheduleWithFixedDelay(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private EpochCoordinator first() {
    return coordinators.values().iterator().next();
  }

  void leave(EpochCoordinator coordinator) {
    synchronized (this) {
      coordinators.remove(coordinator.operator());
      if (!coordinators.isEmpty()) {
        return;
      }
    }
    executor.shutdownNow();
    StoreFollower last = follower;
    if (last != null) {
      last.close();
    }
  }

  synchronized CompletableFuture<CoordinationResponse> hello(Member member) {
    CompletableFuture<CoordinationResponse> answer = openings.add(member, System.nanoTime());
    protocol.hello(member);
    return answer;
  }

  synchronized void prepared(Member member, Prepared answer) {
    protocol.prepared(member, answer.checkpoint(), answer.round(), answer.refusal());
  }

  synchronized void standing(Member member, Standing answer) {
    protocol.standing(member, answer.checkpoint(), answer.switched());
  }

  synchronized void checkpoint(long checkpoint, Completion completion) {
    protocol.checkpoint(checkpoint, completion);
  }

  synchronized void completed(long checkpoint) {
    protocol.completed(checkpoint);
  }

  synchronized void aborted(long checkpoint) {
    protocol.aborted(checkpoint);
  }

  synchronized void restored(String operator, long checkpoint, @Nullable Document document) {
    openings.removeAll(operator);
    protocol.restored(operator, checkpoint, document);
  }

  synchronized void reset(Place place, long checkpoint) {
    protocol.reset(place, checkpoint);
  }

  synchronized void failed(Member member) {
    openings.remove(member);
    protocol.failed(member);
  }

  private synchronized void gone(Member member) {
    protocol.gone(member);
  }

  private synchronized boolean wantsCheckpoint() {
    return protocol.wantsCheckpoint();
  }

  private synchronized void tick() {
    long now = System.nanoTime();
    answerOpenings(now);
    if (!protocol.isWaiting()) {
      waitingSince = -1;
      return;
    }
    if (waitingSince < 0) {
      waitingSince = now;
      repeatedAt = now;
    }
    if (now - waitingSince >= GIVE_UP.toNanos()) {
      waitingSince = -1;
      protocol.giveUp();
    } else if (now - repeatedAt >= REPEAT.toNanos()) {
      repeatedAt = now;
      protocol.repeat();
    }
  }

  private void answerOpenings(long now) {
    boolean tooLate = now - startedAt >= settings.startLimitNanos();
    boolean unreachable = follower == null || !follower.hasAnswered();
    if (tooLate && unreachable && protocol.isAwaited() && settings.initialDocument() != null) {
      offer(new Document(0, "", settings.initialDocument()), Instant.now());
    }
    if (tooLate) {
      openings.answerAll(Welcome.never(explain()));
    } else {
      openings.answerOld(now);
    }
  }

  private String explain() {
    String why = follower == null ? "" : follower.state();
    return "job '%s' has no configuration after %d s: %s%s; propose one with ./weir config set %s FILE --expect 0, or give initial-configuration in the settings"
        .formatted(
            settings.job(),
            settings.startLimit().toSeconds(),
            why,
            lastRefusal.isEmpty() ? "" : "; " + lastRefusal,
            settings.job());
  }

  /** Checks a version by what all operators make of it, and has it come into force. */
  private void offer(Document document, Instant agreed) {
    for (EpochCoordinator coordinator : List.copyOf(coordinators.values())) {
      String reason = refusal(coordinator.type(), document);
      if (reason != null) {
        refuse(document, 0, reason);
        return;
      }
    }
    metrics.agreed(document, agreed);
    protocol.offer(document);
  }

  private @Nullable String refusal(ConfigurationType<?> type, Document document) {
    try {
      var unused = type.decode(document.text());
      return null;
    } catch (InvalidConfigurationException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      // A decoder's mistake must not end the JobManager; the version is of no use all the same.
      LOG.warn("{} of job {} cannot be decoded", document, settings.job(), e);
      return e.toString();
    }
  }

  private void refuse(Document document, long checkpoint, String reason) {
    metrics.refused();
    lastRefusal = document + " cannot be used: " + reason;
    LOG.warn("job {} stays on {}: {}", settings.job(), protocol.current(), lastRefusal);
    if (follower != null) {
      follower.ledger().refused(flinkJob(), checkpoint, document, reason);
    }
  }

  private String flinkJob() {
    return first().context().getJobID().toHexString();
  }

  private final class FollowerListener implements StoreFollower.Listener {

    @Override
    public void agreed(Document document, Instant time) {
      synchronized (JobEpochs.this) {
        offer(document, time);
      }
    }

    @Override
    public void unusable(Document document, String reason) {
      synchronized (JobEpochs.this) {
        refuse(document, 0, reason);
      }
    }

    @Override
    public void apart(VersionId held, String reason) {
      LOG.warn(
          "job {} holds {} and does not follow its store: {}; it stays as it is until somebody runs"
              + " ./weir config adopt {}",
          settings.job(),
          held,
          reason,
          settings.job());
      synchronized (JobEpochs.this) {
        if (follower != null) {
          follower.ledger().notFollowed(flinkJob(), held, reason);
        }
      }
    }
  }

  /** What the protocol has done; called under the lock. */
  private final class Effects implements EpochEffects {

    @Override
    public void prepare(Member member, Prepare message) {
      send(member, message);
    }

    @Override
    public void inquire(Member member, Inquire message) {
      send(member, message);
    }

    private void send(Member member, OperatorEvent event) {
      EpochCoordinator coordinator = coordinators.get(member.place().operator());
      if (coordinator != null) {
        var unused =
            coordinator
                .send(member, event)
                .whenCompleteAsync(
                    (done, failure) -> {
                      if (failure != null) {
                        gone(member);
                      }
                    },
                    executor);
      }
    }

    @Override
    public void welcome(Member member, Document document, long checkpoint) {
      openings.answer(member, Welcome.under(document).from(checkpoint));
    }

    @Override
    public void wantCheckpoint() {
      trigger.request();
    }

    @Override
    public void inForce(long checkpoint, Document document, int subtasks) {
      LOG.info(
          "job {}: {} is in force on all {} subtasks since checkpoint {}",
          settings.job(),
          document,
          subtasks,
          checkpoint);
      metrics.inForce(document);
      if (follower != null) {
        follower.ledger().inForce(flinkJob(), checkpoint, document, subtasks);
      }
    }

    @Override
    public void refused(Document document, long checkpoint, String reason) {
      refuse(document, checkpoint, reason);
    }

    @Override
    public void switchAborted(long checkpoint) {
      LOG.info("job {}: checkpoint {} was aborted while it switched", settings.job(), checkpoint);
      metrics.switchAborted();
    }

    @Override
    public void failJob(String reason) {
      LOG.warn("job {} goes back to its last checkpoint: {}", settings.job(), reason);
      metrics.mixed();
      first().context().failJob(new MixedVersionsException(reason));
    }
  }
}
