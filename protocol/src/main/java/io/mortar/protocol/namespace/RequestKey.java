package io.mortar.protocol.namespace;

/**
 * Makes a change happen once however often it is sent: a repeated key is answered with the first answer.
 *
 * @param client random number of the asking client instance
 * @param sequence number of the request, unique per client, growing
 * @param settledBelow all requests of the client below this number have their answers: the coordinator may forget them
 */
public record RequestKey(long client, long sequence, long settledBelow) {}
