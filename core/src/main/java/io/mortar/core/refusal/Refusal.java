package io.mortar.core.refusal;

/**
 * Why a request was not carried out; nothing was changed, except where the code says that the outcome is unknown.
 *
 * @param text what was tried, what was found and the next step, for people
 */
public record Refusal(RefusalCode code, String text) {}
