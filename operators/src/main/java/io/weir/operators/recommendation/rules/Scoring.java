package io.weir.operators.recommendation.rules;

/**
 * How items are scored for a user: a weighted sum of three parts, each of which looks at the items
 * that the user acted on last, the k-th latest one with weight {@code k^-recency}.
 *
 * <ul>
 *   <li>similarity: the cosine of TencentRec, {@code pair(p,q) / (item(p)^a item(q)^b)}, from
 *       everything that all users did;
 *   <li>sequence: the same of counts that are 1/d for two items that d steps lie between:
 *       sequential rules (Ludewig and Jannach, <i>Evaluation of session-based recommendation
 *       algorithms</i>, 2018), which count less backward;
 *   <li>popularity: the item's share in the latest events, which completes new users and thin
 *       neighbourhoods.
 * </ul>
 *
 * <p>Exponents below 1/2 for the scored item let popular items through (Deshpande and Karypis,
 * <i>Item-based top-N recommendation algorithms</i>, 2004).
 *
 * @param recent how many of the user's latest items count. More of them cost time in proportion
 * @param recency 0: all of them count the same
 * @param byWeight whether they count in proportion to the user's weight for them
 * @param similarity weight of that part
 * @param sequence weight of that part
 * @param popularity weight of that part
 * @param similarityExponent of the scored item's count
 * @param sequenceExponent of the scored item's sequence count
 * @param popularityWindow over how many of the latest events, of all users, popularity is taken; an
 *     exponential window of this mean
 */
public record Scoring(
    int recent,
    double recency,
    boolean byWeight,
    double similarity,
    double sequence,
    double popularity,
    double similarityExponent,
    double sequenceExponent,
    int popularityWindow) {

  /** The most latest items that can count. */
  public static final int MAX_RECENT = 200;

  /** Plain item-based filtering: the sum over the last ten items of similarity times weight. */
  public static final Scoring PLAIN = new Scoring(10, 0, true, 1, 0, 0, 0.5, 0.5, 5_000);

  /** What is shipped. */
  public static final Scoring DEFAULT = new Scoring(20, 1, false, 0.1, 1, 2, 0.5, 0.35, 5_000);

  public Scoring {
    if (recent < 1 || recent > MAX_RECENT) {
      throw new IllegalArgumentException("recent is from 1 to " + MAX_RECENT + ", not " + recent);
    }
    if (popularityWindow < 1) {
      throw new IllegalArgumentException("popularity-window is at least 1: " + popularityWindow);
    }
  }

  /** The weight of the k-th latest item, from 1. */
  public double weight(int k, int userWeight) {
    double recencyWeight = recency == 0 ? 1 : Math.pow(k, -recency);
    return byWeight ? recencyWeight * userWeight : recencyWeight;
  }
}
