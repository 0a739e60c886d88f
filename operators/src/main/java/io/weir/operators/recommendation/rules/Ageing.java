package io.weir.operators.recommendation.rules;

/**
 * How counts fade: by half in each half-life. What is added later is scaled up instead of scaling
 * down all that is there (Cormode et al., <i>Forward decay</i>, ICDE 2009).
 *
 * @param halfLifeMillis of event time; 0: counts never fade
 */
public record Ageing(long halfLifeMillis) {

  public static final Ageing NONE = new Ageing(0);

  public Ageing {
    if (halfLifeMillis < 0) {
      throw new IllegalArgumentException("half-life must not be negative: " + halfLifeMillis);
    }
  }

  /** What something that is added now is multiplied by, for counts since a landmark; at least 1. */
  public double scale(long landmark, long now) {
    return halfLifeMillis == 0 || now <= landmark
        ? 1
        : Math.pow(2, (now - landmark) / (double) halfLifeMillis);
  }
}
