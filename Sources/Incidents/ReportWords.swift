import Telemetry

/// The words of the report in both languages.
enum ReportWords {
    static func kind(_ kind: String) -> String {
        let words = [
            "raised": "报警发生", "returned": "恢复正常", "cleared": "报警解除", "acknowledged": "已确认", "reset": "已复位",
            "realarmed": "再次报警", "suppressed": "设计抑制", "unsuppressed": "解除抑制", "due": "上报", "cancelled": "取消上报",
            "shelved": "搁置", "unshelved": "取消搁置", "confirmed": "已处置", "late": "迟到数据",
            "removed_from_service": "停用", "returned_to_service": "恢复投用",
        ]
        return words[kind].map { "\($0) \(kind)" } ?? kind.html
    }

    static func tier(_ tier: String) -> String {
        let words = ["enterprise": "企业", "township": "乡镇", "county": "县区", "city": "市"]
        return words[tier].map { "\($0) \(tier)" } ?? tier.html
    }

    static func priority(_ priority: String) -> String {
        let words = ["critical": "红", "high": "橙", "medium": "黄", "low": "蓝"]
        return words[priority].map { "\($0) \(priority)" } ?? priority.html
    }

    static func condition(_ name: String) -> String {
        let words = [
            "HH": "高高限 high-high", "H": "高限 high", "L": "低限 low", "LL": "低低限 low-low", "RATE": "变化率 rate",
            "STALE": "数据中断 stale", "BAD": "坏值 bad", "FLATLINE": "数据不变 flatline", "RANGE": "超量程 out of range",
            "OFFLINE": "网关离线 offline", "BROKER": "消息服务中断 broker", "STORE": "存储故障 store", "CLOCK": "时钟异常 clock",
            "DEVIATION": "偏差 deviation", "INVENTORY": "超设计储量 inventory", "FLOOD": "报警泛滥 flood",
        ]
        return words[name] ?? name.html
    }

    static func title(_ title: IncidentSheet.Title?) -> String {
        [title?.zh, title?.en].compactMap { $0?.html }.joined(separator: " · ")
    }
}
