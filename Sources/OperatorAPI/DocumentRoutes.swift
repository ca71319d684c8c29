import Hummingbird

/// The description of this interface, as it is built in.
struct DocumentRoutes: Sendable {
    func add(to router: Router<some ActorContext>) {
        router.get("v1/openapi.yaml", for: .read) { _, _, _ in
            DocumentRoutes.answer(PackageResources.openapi_yaml, "application/yaml")
        }
        // What the description refers to, so that its references can be followed.
        router.get("v1/event.schema.json", for: .read) { _, _, _ in
            DocumentRoutes.answer(PackageResources.event_schema_json, "application/schema+json")
        }
        router.get("v1/kpi.schema.json", for: .read) { _, _, _ in
            DocumentRoutes.answer(PackageResources.kpi_schema_json, "application/schema+json")
        }
    }

    private static func answer(_ bytes: [UInt8], _ type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
