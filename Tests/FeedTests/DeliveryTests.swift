import Feed
import Testing

@Suite("The feed's cursor")
struct DeliveryTests {
    @Test("stands behind the last event up to which the broker has taken every publication")
    func inOrder() {
        var delivery = Delivery(cursor: 10)
        delivery.began(11, publications: [1, 2])
        delivery.began(12, publications: [3])
        delivery.acknowledged(3)
        #expect(delivery.cursor == 10, "event 11 is still under way")
        delivery.acknowledged(1)
        delivery.acknowledged(99)
        #expect(delivery.cursor == 10, "one of its two publications is")
        delivery.acknowledged(2)
        #expect(delivery.cursor == 12)
        #expect(delivery.isIdle)
    }

    @Test("passes over an event that had nothing to publish, once those before it are taken")
    func nothingToPublish() {
        var delivery = Delivery(cursor: 0)
        delivery.began(1, publications: [1])
        delivery.began(2, publications: [])
        #expect(delivery.cursor == 0)
        delivery.acknowledged(1)
        #expect(delivery.cursor == 2)
    }

    @Test("is full with its window's publications under way, and goes back to the cursor when the connection is lost")
    func lostConnection() {
        var delivery = Delivery(cursor: 0)
        for number in 1...Delivery.window { delivery.began(Int64(number), publications: [Int32(number)]) }
        #expect(delivery.isFull)
        delivery.acknowledged(1)
        #expect(!delivery.isFull)
        delivery.restart()
        #expect(delivery.sent == 1)
        #expect(delivery.cursor == 1)
        delivery.acknowledged(2)
        #expect(delivery.cursor == 1, "an acknowledgement of the connection before counts for nothing")
    }
}
