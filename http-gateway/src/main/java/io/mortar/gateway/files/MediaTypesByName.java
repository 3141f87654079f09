package io.mortar.gateway.files;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Content types by a file name's extension. Text is taken to be UTF-8. */
final class MediaTypesByName {
    private static final Map<String, ContentType> BY_EXTENSION = new HashMap<>();

    static {
        String[] table = {
            "text/plain; charset=UTF-8", "txt log text conf cfg ini properties toml sh py java c h cpp go rs sql",
            "text/html; charset=UTF-8", "html htm",
            "text/css; charset=UTF-8", "css",
            "text/csv; charset=UTF-8", "csv",
            "text/markdown; charset=UTF-8", "md",
            "text/javascript; charset=UTF-8", "js mjs",
            "text/xml; charset=UTF-8", "xml",
            "application/xhtml+xml; charset=UTF-8", "xhtml",
            "application/json", "json",
            "application/yaml", "yaml yml",
            "application/pdf", "pdf",
            "application/zip", "zip",
            "application/gzip", "gz tgz",
            "application/zstd", "zst",
            "application/x-bzip2", "bz2",
            "application/x-xz", "xz",
            "application/x-tar", "tar",
            "application/x-7z-compressed", "7z",
            "application/java-archive", "jar",
            "application/wasm", "wasm",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx",
            "application/vnd.oasis.opendocument.text", "odt",
            "application/epub+zip", "epub",
            "image/png", "png",
            "image/jpeg", "jpg jpeg",
            "image/gif", "gif",
            "image/webp", "webp",
            "image/avif", "avif",
            "image/svg+xml", "svg",
            "image/tiff", "tif tiff",
            "image/bmp", "bmp",
            "image/x-icon", "ico",
            "audio/mpeg", "mp3",
            "audio/ogg", "ogg oga opus",
            "audio/flac", "flac",
            "audio/mp4", "m4a",
            "audio/wav", "wav",
            "video/mp4", "mp4 m4v",
            "video/webm", "webm",
            "video/x-matroska", "mkv",
            "video/quicktime", "mov",
            "video/mpeg", "mpg mpeg",
            "font/woff", "woff",
            "font/woff2", "woff2",
            "font/ttf", "ttf",
            "font/otf", "otf",
        };
        for (int i = 0; i < table.length; i += 2) {
            ContentType type = ContentTypes.parse(table[i]);
            for (String extension : table[i + 1].split(" ")) {
                BY_EXTENSION.put(extension, type);
            }
        }
    }

    private MediaTypesByName() {}

    /** The type of a file called {@code name}; {@code application/octet-stream} when its extension says nothing. */
    static ContentType of(String name) {
        int dot = name.lastIndexOf('.');
        if (dot < 1 || dot == name.length() - 1) {
            return ContentTypes.APPLICATION_OCTET_STREAM;
        }
        String extension = name.substring(dot + 1);
        ContentType type = BY_EXTENSION.get(extension);
        if (type == null) {
            type = BY_EXTENSION.get(extension.toLowerCase(Locale.ROOT));
        }
        return type == null ? ContentTypes.APPLICATION_OCTET_STREAM : type;
    }

    /** Whether a browser would run scripts in a file of this type, on the address of the API. */
    static boolean isActive(ContentType type) {
        String media = type.mediaType().toString();
        return media.equals("text/html") || media.endsWith("xml");
    }
}
