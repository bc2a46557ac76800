// Messages that vehicles send and the metadata package does not have, or has in a form that is no
// longer sent: those of common.xml and development.xml. Fields as the message definitions of
// github.com/mavlink/mavlink list them. The checksum seeds follow from the fields, and a test holds
// them against the published ones. Read by dialect.ts, where these come first.

import { addedVendorMessages } from "./added-vendor-messages.ts";
import { defineMessage, targetFields } from "./define-message.ts";
import type { MessageDefinition } from "./message-definition.ts";

const links: readonly MessageDefinition[] = [
  defineMessage(8, "LINK_NODE_STATUS", [
    ["timestamp", "uint64_t"],
    ["tx_buf", "uint8_t"],
    ["rx_buf", "uint8_t"],
    ["tx_rate", "uint32_t"],
    ["rx_rate", "uint32_t"],
    ["rx_parse_err", "uint16_t"],
    ["tx_overflows", "uint16_t"],
    ["rx_overflows", "uint16_t"],
    ["messages_sent", "uint32_t"],
    ["messages_received", "uint32_t"],
    ["messages_lost", "uint32_t"],
  ]),
  defineMessage(80, "COMMAND_CANCEL", [...targetFields, ["command", "uint16_t"]]),
  defineMessage(300, "PROTOCOL_VERSION", [
    ["version", "uint16_t"],
    ["min_version", "uint16_t"],
    ["max_version", "uint16_t"],
    ["spec_version_hash", "uint8_t", 8],
    ["library_version_hash", "uint8_t", 8],
  ]),
  defineMessage(
    334,
    "CELLULAR_STATUS",
    [
      ["status", "uint8_t"],
      ["failure_reason", "uint8_t"],
      ["type", "uint8_t"],
      ["quality", "uint8_t"],
      ["mcc", "uint16_t"],
      ["mnc", "uint16_t"],
      ["lac", "uint16_t"],
    ],
    [
      ["id", "uint8_t"],
      ["link_tx_rate", "uint32_t"],
      ["link_rx_rate", "uint32_t"],
      ["cell_tower_id", "char", 9],
      ["band_number", "uint8_t"],
      ["band_frequency", "float"],
      ["channel_number", "uint32_t"],
      ["rx_level", "float"],
      ["tx_level", "float"],
      ["rx_quality", "float"],
      ["sinr", "float"],
    ],
  ),
  defineMessage(345, "PARAM_ERROR", [
    ...targetFields,
    ["param_id", "char", 16],
    ["param_index", "int16_t"],
    ["error", "uint8_t"],
  ]),
  defineMessage(397, "COMPONENT_METADATA", [
    ["time_boot_ms", "uint32_t"],
    ["file_crc", "uint32_t"],
    ["uri", "char", 100],
  ]),
  defineMessage(
    421,
    "RC_CHANNELS_OVERRIDE_V2",
    [...targetFields, ["active_mask", "uint32_t"]],
    [["channels", "int16_t", 32]],
  ),
  defineMessage(512, "CONTROL_STATUS", [
    ["flags", "uint8_t"],
    ["gcs_main", "uint8_t"],
    ["gcs_secondary", "uint8_t", 10],
  ]),
  defineMessage(11060, "NAMED_VALUE_STRING", [
    ["time_boot_ms", "uint32_t"],
    ["name", "char", 10],
    ["value", "char", 64],
  ]),
];

const events: readonly MessageDefinition[] = [
  defineMessage(410, "EVENT", [
    ["destination_component", "uint8_t"],
    ["destination_system", "uint8_t"],
    ["id", "uint32_t"],
    ["event_time_boot_ms", "uint32_t"],
    ["sequence", "uint16_t"],
    ["log_levels", "uint8_t"],
    ["arguments", "uint8_t", 40],
  ]),
  defineMessage(411, "CURRENT_EVENT_SEQUENCE", [
    ["sequence", "uint16_t"],
    ["flags", "uint8_t"],
  ]),
  defineMessage(412, "REQUEST_EVENT", [
    ...targetFields,
    ["first_sequence", "uint16_t"],
    ["last_sequence", "uint16_t"],
  ]),
  defineMessage(413, "RESPONSE_EVENT_ERROR", [
    ...targetFields,
    ["sequence", "uint16_t"],
    ["sequence_oldest_available", "uint16_t"],
    ["reason", "uint8_t"],
  ]),
];

const positions: readonly MessageDefinition[] = [
  defineMessage(296, "GLOBAL_POSITION_SENSOR", [
    ...targetFields,
    ["id", "uint8_t"],
    ["time_usec", "uint64_t"],
    ["processing_time", "uint32_t"],
    ["source", "uint8_t"],
    ["flags", "uint8_t"],
    ["lat", "int32_t"],
    ["lon", "int32_t"],
    ["alt_ellipsoid", "float"],
    ["alt", "float"],
    ["eph", "float"],
    ["epv", "float"],
  ]),
  defineMessage(354, "SET_VELOCITY_LIMITS", [
    ...targetFields,
    ["horizontal_speed_limit", "float"],
    ["vertical_speed_limit", "float"],
    ["yaw_rate_limit", "float"],
  ]),
  defineMessage(355, "VELOCITY_LIMITS", [
    ["horizontal_speed_limit", "float"],
    ["vertical_speed_limit", "float"],
    ["yaw_rate_limit", "float"],
  ]),
  defineMessage(361, "FIGURE_EIGHT_EXECUTION_STATUS", [
    ["time_usec", "uint64_t"],
    ["major_radius", "float"],
    ["minor_radius", "float"],
    ["orientation", "float"],
    ["frame", "uint8_t"],
    ["x", "int32_t"],
    ["y", "int32_t"],
    ["z", "float"],
  ]),
  defineMessage(380, "TIME_ESTIMATE_TO_TARGET", [
    ["safe_return", "int32_t"],
    ["land", "int32_t"],
    ["mission_next_item", "int32_t"],
    ["mission_end", "int32_t"],
    ["commanded_action", "int32_t"],
  ]),
  defineMessage(513, "RANGING_BEACON", [
    ["time_usec", "uint64_t"],
    ...targetFields,
    ["beacon_id", "uint16_t"],
    ["range", "uint32_t"],
    ["lat", "int32_t"],
    ["lon", "int32_t"],
    ["alt", "float"],
    ["alt_type", "uint8_t"],
    ["hacc_est", "uint32_t"],
    ["vacc_est", "uint32_t"],
    ["carrier_freq", "uint16_t"],
    ["range_accuracy", "uint32_t"],
    ["sequence", "uint8_t"],
    ["status", "uint8_t"],
  ]),
  defineMessage(514, "ESTIMATOR_SENSOR_FUSION_STATUS", [
    ["intended", "uint8_t", 9],
    ["active", "uint8_t", 9],
    ["test_ratio", "float", 9],
  ]),
];

/** Only what `mavlink-mappings` lacks or has outdated. */
export const addedMessages: readonly MessageDefinition[] = [
  ...links,
  ...events,
  ...positions,
  ...addedVendorMessages,
];
