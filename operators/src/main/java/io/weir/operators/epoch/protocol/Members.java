package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.protocol.Member.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The subtasks that take part in decisions, with the document that each stands at, and those that
 * wait for a first one. While a switch is open, who has not said that it switched stands at what it
 * had before.
 */
final class Members {

  private final Map<Member, Document> standing = new LinkedHashMap<>();
  private final Set<Member> waiting = new LinkedHashSet<>();

  boolean isEmpty() {
    return standing.isEmpty();
  }

  int count() {
    return standing.size();
  }

  /** Those that stand somewhere; a view. */
  Set<Member> all() {
    return Collections.unmodifiableSet(standing.keySet());
  }

  /** What there is to stand at: one document, unless an aborted switch has split the members. */
  Set<Document> documents() {
    return Set.copyOf(standing.values());
  }

  boolean standsAt(Member member, Document document) {
    return document.equals(standing.get(member));
  }

  void set(Member member, Document document) {
    standing.put(member, document);
  }

  void setAll(Document document) {
    standing.replaceAll((member, before) -> document);
  }

  void remove(Member member) {
    standing.remove(member);
  }

  /** Whether a later attempt of the same subtask stands here. */
  boolean isReplaced(Member member) {
    return all().stream().anyMatch(member::isReplacedBy);
  }

  /** Forgets earlier attempts of a subtask. */
  void vacate(Place place) {
    standing.keySet().removeIf(known -> known.place().equals(place));
  }

  /** Forgets an operator's subtasks, those that wait, too. */
  void removeAll(String operator) {
    standing.keySet().removeIf(member -> member.place().operator().equals(operator));
    waiting.removeIf(member -> member.place().operator().equals(operator));
  }

  boolean isAnyWaiting() {
    return !waiting.isEmpty();
  }

  void await(Member member) {
    waiting.add(member);
  }

  void waitNoMore(Member member) {
    waiting.remove(member);
  }

  /** Those that wait for a first document; none does any more. */
  Set<Member> takeWaiting() {
    Set<Member> all = new LinkedHashSet<>(waiting);
    waiting.clear();
    return all;
  }
}
