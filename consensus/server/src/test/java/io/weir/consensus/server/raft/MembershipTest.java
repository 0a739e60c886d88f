package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftError;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.protocol.JoinRequest;
import io.atomix.protocols.raft.protocol.LeaveRequest;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.ReconfigureRequest;
import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.peers.PeerSettings;
import io.weir.consensus.server.peers.Peers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may speak to the nodes asks them to change who is a member. */
class MembershipTest {

  private static final String NOBODY = "127.0.0.1:1";

  @TempDir private Path directory;

  @Test
  void refusesEveryChangeOfTheMembersAndSaysWhatToDo() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory);
        Peers peers = new Peers(new PeerSettings("test", NOBODY, Duration.ofSeconds(20), null))) {
      String leader = cluster.awaitLeader();
      NodeProtocol asking = protocol(cluster.settings(leader), peers);
      MemberId asked = MemberId.from(leader);
      String member = cluster.follower();

      expectRefusal(asking.join(asked, join("d")), "d is no member");
      expectRefusal(asking.leave(asked, leave(member)), member + " cannot leave");
      expectRefusal(
          asking.reconfigure(asked, reconfigure(member)), "cannot become another kind of member");

      assertThat(cluster.submit(member, "still here")).isEqualTo("1");
      assertThat(cluster.log(leader).status().members()).isEqualTo(List.of("a", "b", "c"));
      cluster.restartAll();
      assertThat(cluster.submit(member, "and after a restart")).isEqualTo("2");
      assertThat(cluster.halts()).isEmpty();
    }
  }

  private static NodeProtocol protocol(RaftSettings settings, Peers peers) {
    NodeCommunication communication = new NodeCommunication(new StaticMembership(settings), peers);
    return new NodeProtocol(
        communication,
        Set.of(),
        new Halt(
            (reason, cause) -> {
              throw new AssertionError(reason, cause);
            }));
  }

  private static DefaultRaftMember node(String name) {
    return new DefaultRaftMember(MemberId.from(name), RaftMember.Type.ACTIVE, Instant.EPOCH);
  }

  private static JoinRequest join(String name) {
    return JoinRequest.builder().withMember(node(name)).build();
  }

  private static LeaveRequest leave(String name) {
    return LeaveRequest.builder().withMember(node(name)).build();
  }

  private static ReconfigureRequest reconfigure(String name) {
    return ReconfigureRequest.builder().withIndex(0).withTerm(1).withMember(node(name)).build();
  }

  private static void expectRefusal(CompletableFuture<? extends RaftResponse> answer, String what)
      throws Exception {
    RaftResponse response = answer.get(60, TimeUnit.SECONDS);

    assertThat(response.status()).isEqualTo(RaftResponse.Status.ERROR);
    assertThat(response.error().type()).isEqualTo(RaftError.Type.CONFIGURATION_ERROR);
    assertThat(response.error().message())
        .contains(what, "are fixed, here a, b, c", "start a new cluster from a backup");
  }
}
