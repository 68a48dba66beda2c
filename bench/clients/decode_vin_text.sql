select own, common, is_common, data_version from api.decode_vin_text(:vin);
