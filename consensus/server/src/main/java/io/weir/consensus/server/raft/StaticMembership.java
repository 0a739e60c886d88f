package io.weir.consensus.server.raft;

import io.atomix.cluster.ClusterMembershipEventListener;
import io.atomix.cluster.ClusterMembershipService;
import io.atomix.cluster.Member;
import io.atomix.cluster.MemberId;
import io.atomix.utils.net.Address;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The members as the settings name them: nobody joins, nobody is suspected, no gossip. */
final class StaticMembership implements ClusterMembershipService {

  private final Map<MemberId, Member> members;
  private final Member local;

  StaticMembership(RaftSettings settings) {
    this.members =
        settings.members().entrySet().stream()
            .map(e -> Member.member(MemberId.from(e.getKey()), Address.from(e.getValue())))
            .collect(Collectors.toUnmodifiableMap(Member::id, member -> member));
    this.local = Member.member(MemberId.from(settings.node()), Address.from(settings.address()));
  }

  @Override
  public Member getLocalMember() {
    return local;
  }

  @Override
  public Set<Member> getMembers() {
    return Set.copyOf(members.values());
  }

  @Override
  @SuppressWarnings("NullAway") // Atomix: null means not a member
  public @Nullable Member getMember(MemberId id) {
    return members.get(id);
  }

  @Override
  public void addListener(ClusterMembershipEventListener listener) {}

  @Override
  public void removeListener(ClusterMembershipEventListener listener) {}
}
