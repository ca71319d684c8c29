#pragma once
#include <mosquitto.h>
#include <mqtt_protocol.h>
/* Swift's Glibc module leaves this header out. */
#include <sys/eventfd.h>
