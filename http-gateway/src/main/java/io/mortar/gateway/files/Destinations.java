package io.mortar.gateway.files;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.gateway.request.RequestHeaders.Name;
import io.mortar.gateway.request.RequestTarget;

/** The headers of MOVE and COPY (RFC 4918, sections 10.3 and 10.6). */
final class Destinations {
    private Destinations() {}

    /** What {@code Destination} names: an address under {@code /files/}, with or without this server's name before it. */
    static FileTarget of(GatewayRequest request) {
        String destination = request.headers().get(Name.DESTINATION);
        if (destination == null) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    request.method() + " needs a Destination header, such as " + FileTarget.PREFIX + "VOLUME/PATH");
        }
        String address = destination.strip();
        int authority = address.indexOf("://");
        if (authority > 0) {
            int path = address.indexOf('/', authority + 3);
            String host = path < 0 ? address.substring(authority + 3) : address.substring(authority + 3, path);
            if (!host.equalsIgnoreCase(request.headers().get(Name.HOST))) {
                throw new RefusedException(
                        RefusalCode.BAD_REQUEST,
                        "Destination '" + address + "' is on another server: only this one can be written to");
            }
        }
        RequestTarget target = RequestTarget.parse(address);
        if (!target.path().startsWith(FileTarget.PREFIX)) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "Destination '" + address + "' is not under " + FileTarget.PREFIX
                            + ": only files have a place to go");
        }
        return FileTarget.of(target);
    }

    /** Whether a destination that exists may be replaced: yes, unless {@code Overwrite: F}. */
    static boolean overwrite(GatewayRequest request) {
        String overwrite = request.headers().get(Name.OVERWRITE);
        if (overwrite == null || overwrite.strip().equals("T")) {
            return true;
        }
        if (overwrite.strip().equals("F")) {
            return false;
        }
        throw new RefusedException(RefusalCode.BAD_REQUEST, "Overwrite is '" + overwrite + "': it must be T or F");
    }
}
