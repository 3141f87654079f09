package io.mortar.gateway.listing;

import akka.util.ByteString;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;
import io.mortar.gateway.json.Times;
import io.mortar.gateway.request.PercentCoding;

/** A directory page as plain HTML. Links are absolute paths, so the page works with and without a slash at the end of its address. */
public final class ListingHtml {
    private ListingHtml() {}

    /** The page as UTF-8. */
    public static ByteString render(ListingPage page) {
        StringBuilder body = new StringBuilder(512 + page.listing().entries().size() * 160);
        String here = address(page.volume(), page.directory());
        body.append("<table><tr><th>Name</th><th class=\"n\">Size</th><th>Modified</th></tr>\n");
        if (!page.directory().isRoot()) {
            row(body, address(page.volume(), page.directory().parent()), "..", "", "");
        }
        for (Outcome.Entry entry : page.listing().entries()) {
            String slash = entry.directory() ? "/" : "";
            row(
                    body,
                    here + PercentCoding.encode(entry.name()) + slash,
                    entry.name() + slash,
                    entry.directory() ? "" : Html.size(entry.sizeBytes()),
                    Times.iso(entry.modifiedMillis()));
        }
        body.append("</table>\n");
        page.next()
                .ifPresent(next -> body.append("<p><a rel=\"next\" href=\"")
                        .append(here)
                        .append("?limit=")
                        .append(page.request().limit())
                        .append("&amp;after=")
                        .append(PercentCoding.encode(next))
                        .append("\">Next page</a></p>\n"));
        return ByteString.fromString(Html.page(page.volume() + ":" + page.directory(), body.toString()));
    }

    /** Encoded address of a directory, with a slash at its end. */
    public static String address(VolumeName volume, VolumePath directory) {
        StringBuilder address = new StringBuilder("/files/").append(volume).append('/');
        for (String name : directory.names()) {
            address.append(PercentCoding.encode(name)).append('/');
        }
        return address.toString();
    }

    private static void row(StringBuilder body, String href, String name, String size, String modified) {
        body.append("<tr><td><a href=\"")
                .append(href)
                .append("\">")
                .append(Html.escape(name))
                .append("</a></td><td class=\"n\">")
                .append(size)
                .append("</td><td>")
                .append(modified)
                .append("</td></tr>\n");
    }
}
