/** Options of a worker in which a cancellation reaches an activity soon: it comes with the answer to a heartbeat. */
export const ATTENTIVE = { maxHeartbeatThrottleInterval: 50, defaultHeartbeatThrottleInterval: 50 };
