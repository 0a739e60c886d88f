package io.weir.jobs.encoding;

/** Makes text fit for encodings that cannot carry everything a Java string can hold. */
public final class Texts {

  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** The text with U+FFFD for every surrogate that lacks its other half. */
  public static String wellFormed(String text) {
    int broken = loneSurrogate(text, 0);
    return broken < 0 ? text : repaired(text, broken);
  }

  /** Well-formed text, with U+FFFD for U+0000 too: all that PostgreSQL can store. */
  public static String withoutNul(String text) {
    String wellFormed = wellFormed(text);
    return wellFormed.indexOf('\0') < 0 ? wellFormed : wellFormed.replace('\0', REPLACEMENT);
  }

  private static String repaired(String text, int first) {
    char[] chars = text.toCharArray();
    for (int i = first; i >= 0; i = loneSurrogate(text, i + 1)) {
      chars[i] = REPLACEMENT;
    }
    return new String(chars);
  }

  private static int loneSurrogate(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!startsPair(text, i)) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static boolean startsPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
