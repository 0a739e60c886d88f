package io.weir.operators.alert.rule;

/**
 * A pattern of names, in which {@code *} stands for any characters and {@code ?} for one.
 *
 * @param pattern what whole names are compared with
 */
public record Glob(String pattern) {

  /** Every name. */
  public static final Glob ANY = new Glob("*");

  /**
   * Compares a name. Takes at most the product of the two lengths: after a mismatch only the last
   * star takes one character more.
   */
  public boolean matches(String name) {
    int inPattern = 0;
    int star = -1;
    int afterStar = 0;
    int inName = 0;
    while (inName < name.length()) {
      char expected = inPattern < pattern.length() ? pattern.charAt(inPattern) : 0;
      if (expected == '*') {
        star = inPattern++;
        afterStar = inName;
      } else if (inPattern < pattern.length()
          && (expected == '?' || expected == name.charAt(inName))) {
        inPattern++;
        inName++;
      } else if (star >= 0) {
        inPattern = star + 1;
        inName = ++afterStar;
      } else {
        return false;
      }
    }
    return pattern.substring(inPattern).chars().allMatch(rest -> rest == '*');
  }
}
