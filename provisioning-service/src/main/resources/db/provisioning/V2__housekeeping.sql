-- what housekeeping looks for: ended long ago, or expired long ago without ever having been taken
create index device_order_past on device_order (coalesce(finished_at, expires_at));
