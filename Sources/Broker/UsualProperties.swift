import CMosquitto

/// MQTT 5 properties that say nothing but a content type.
struct UsualProperties: ~Copyable {
    let contentType: String?
    private(set) var list = PropertyList()

    init(_ contentType: String?) {
        self.contentType = contentType
        if let contentType { list.add(MQTT_PROP_CONTENT_TYPE, contentType) }
    }
}
