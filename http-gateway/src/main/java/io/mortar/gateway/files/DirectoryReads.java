package io.mortar.gateway.files;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.mortar.client.file.FileStore;
import io.mortar.gateway.listing.AcceptedForm;
import io.mortar.gateway.listing.Html;
import io.mortar.gateway.listing.ListingHtml;
import io.mortar.gateway.listing.ListingJson;
import io.mortar.gateway.listing.ListingPage;
import io.mortar.gateway.listing.PageRequest;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.gateway.request.RequestHeaders.Name;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** GET and HEAD of directories. */
final class DirectoryReads {
    private static final List<HttpHeader> HEADERS = List.of(
            RawHeader.create("Cache-Control", "no-store"),
            RawHeader.create("Vary", "Accept"),
            RawHeader.create("X-Content-Type-Options", "nosniff"));
    private static final HttpHeader PAGE_POLICY =
            RawHeader.create("Content-Security-Policy", Html.CONTENT_SECURITY_POLICY);

    private final FileStore store;

    DirectoryReads(FileStore store) {
        this.store = store;
    }

    CompletionStage<HttpResponse> list(GatewayRequest request, FileTarget target) {
        PageRequest asked = PageRequest.of(request.target());
        AcceptedForm form = AcceptedForm.of(request.headers().get(Name.ACCEPT));
        return store.list(target.volume(), target.path(), asked.after(), asked.limit())
                .thenApply(listing -> new ListingPage(target.volume(), target.path(), asked, listing))
                .thenApply(page -> form == AcceptedForm.JSON ? json(page) : html(page));
    }

    private static HttpResponse json(ListingPage page) {
        return HttpResponse.create()
                .addHeaders(HEADERS)
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, ListingJson.render(page)));
    }

    private static HttpResponse html(ListingPage page) {
        return HttpResponse.create()
                .addHeaders(HEADERS)
                .addHeader(PAGE_POLICY)
                .withEntity(HttpEntities.create(ContentTypes.TEXT_HTML_UTF8, ListingHtml.render(page)));
    }
}
